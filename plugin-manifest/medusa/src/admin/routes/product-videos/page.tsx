import { useEffect, useState } from "react"
import { defineRouteConfig } from "@medusajs/admin-sdk"
import { PlaySolid } from "@medusajs/icons"
import { Badge, Button, Checkbox, Container, Heading, Input, Table, Text, usePrompt } from "@medusajs/ui"
import { generateMany, products, type Product } from "../../productvideo/shop"

/** As many as one order may hold. */
const PAGE = 20

/** Orders the videos of several products at once. */
const ProductVideos = () => {
  const [page, setPage] = useState<{ products: Product[]; count: number }>({ products: [], count: 0 })
  const [search, setSearch] = useState("")
  const [offset, setOffset] = useState(0)
  const [chosen, setChosen] = useState<string[]>([])
  const [told, setTold] = useState<string[]>([])
  const [busy, setBusy] = useState(false)
  const ask = usePrompt()

  useEffect(() => {
    let current = true
    products(search, offset, PAGE)
      .then((found) => current && setPage(found))
      .catch((e) => current && setTold([e instanceof Error ? e.message : String(e)]))
    setChosen([])
    return () => {
      current = false
    }
  }, [search, offset])

  const titleOf = (id: string) => page.products.find((product) => product.id === id)?.title ?? id
  const choose = (id: string, yes: boolean) => setChosen((all) => (yes ? [...all, id] : all.filter((one) => one !== id)))

  const order = async () => {
    setBusy(true)
    try {
      let { ordered, failed, asked, untried } = await generateMany(chosen, {})
      if (Object.keys(asked).length > 0) {
        const prices = Object.entries(asked).map(([id, price]) => `${titleOf(id)}: ${price}`)
        const description = `These cost something; nothing is ordered before you agree: ${prices.join(", ")}`
        if (await ask({ title: "Generate videos", description, confirmText: "Order them at these prices", cancelText: "Not now", variant: "confirmation" })) {
          const more = await generateMany(Object.keys(asked), asked)
          ordered += more.ordered
          untried += more.untried
          failed = [...failed, ...more.failed, ...Object.keys(more.asked).map((id) => ({ product: id, problem: "Its price changed meanwhile; order it again." }))]
        }
      }
      setTold([
        ordered === 1 ? "1 video was ordered." : `${ordered} videos were ordered.`,
        ...failed.map((one) => `${titleOf(one.product)}: ${one.problem}`),
        ...(untried > 0 ? [untried === 1 ? "1 more product was not tried." : `${untried} more products were not tried.`] : []),
      ])
      setChosen([])
    } catch (e) {
      setTold([e instanceof Error ? e.message : String(e)])
    } finally {
      setBusy(false)
    }
  }

  return (
    <Container className="divide-y p-0">
      <div className="flex items-center justify-between px-6 py-4">
        <Heading>Product videos</Heading>
        <div className="flex items-center gap-x-2">
          <Input
            size="small"
            type="search"
            placeholder="Search"
            aria-label="Search"
            onChange={(e) => {
              setSearch(e.target.value)
              setOffset(0)
            }}
          />
          <Button size="small" onClick={order} isLoading={busy} disabled={busy || chosen.length === 0} data-testid="productvideo-generate-many">
            Generate videos
          </Button>
        </div>
      </div>
      {told.length > 0 && (
        <div className="px-6 py-3" role="status" data-testid="productvideo-told">
          {told.map((line) => (
            <Text key={line} size="small">
              {line}
            </Text>
          ))}
        </div>
      )}
      <Table>
        <Table.Body>
          {page.products.map((product) => (
            <Table.Row key={product.id}>
              <Table.Cell className="w-10">
                <Checkbox aria-label={product.title} checked={chosen.includes(product.id)} onCheckedChange={(yes) => choose(product.id, yes === true)} />
              </Table.Cell>
              <Table.Cell className="w-16">{product.thumbnail && <img src={product.thumbnail} alt="" className="my-1 h-10 w-10 rounded object-cover" />}</Table.Cell>
              <Table.Cell>
                <a href={`products/${product.id}`}>{product.title}</a>
              </Table.Cell>
              <Table.Cell>{product.status}</Table.Cell>
              <Table.Cell>{Array.isArray(product.metadata?.product_videos) && <Badge color="green">On the listing</Badge>}</Table.Cell>
            </Table.Row>
          ))}
        </Table.Body>
      </Table>
      <div className="flex items-center justify-between px-6 py-3">
        <Text size="small">{page.count} products</Text>
        <div className="flex gap-x-2">
          <Button size="small" variant="secondary" disabled={offset === 0} onClick={() => setOffset(offset - PAGE)}>
            Earlier
          </Button>
          <Button size="small" variant="secondary" disabled={offset + PAGE >= page.count} onClick={() => setOffset(offset + PAGE)}>
            Later
          </Button>
        </div>
      </div>
    </Container>
  )
}

export const config = defineRouteConfig({ label: "Product videos", icon: PlaySolid })

export default ProductVideos
