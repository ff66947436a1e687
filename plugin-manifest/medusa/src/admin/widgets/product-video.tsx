import { useEffect, useState } from "react"
import { defineWidgetConfig } from "@medusajs/admin-sdk"
import { Button, Container, Heading, StatusBadge, Text, usePrompt } from "@medusajs/ui"
import { generate, standing, type Standing } from "../productvideo/shop"

/** How the product's video stands, and the button that orders one. */
const ProductVideo = ({ data }: { data: { id: string } }) => {
  const [now, setNow] = useState<Standing>({})
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState("")
  const [orders, setOrders] = useState(0)
  const ask = usePrompt()

  useEffect(() => {
    let current = true
    let timer: ReturnType<typeof setTimeout>
    const look = async () => {
      let told: Standing
      try {
        told = await standing(data.id)
      } catch (e) {
        told = { problem: e instanceof Error ? e.message : String(e) }
      }
      if (!current) return
      // A problem without a state says nothing of the video: how it stood stays, and it is looked at again.
      const unknown = !told.state && told.connected !== false
      setNow((last) => (unknown ? { ...last, ...told } : told))
      setProblem(told.problem ?? "")
      if (unknown || told.moving) timer = setTimeout(look, unknown ? 15000 : 3000)
    }
    look()
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [data.id, orders])

  const order = async () => {
    setBusy(true)
    setProblem("")
    // One key for one click: sent twice, it still orders one video.
    const key = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("")
    try {
      let told = await generate(data.id, key)
      while (told.confirm) {
        if (!(await ask({ title: "Generate video", description: told.confirm, confirmText: "Order it", cancelText: "Not now", variant: "confirmation" }))) break
        told = await generate(data.id, key, told.price)
      }
      if (told.problem) setProblem(told.problem)
      else if (!told.confirm) {
        setNow((last) => ({ ...last, ...told }))
        setOrders((count) => count + 1)
      }
    } catch (e) {
      setProblem(e instanceof Error ? e.message : String(e))
    } finally {
      setBusy(false)
    }
  }

  const colour = now.moving ? "orange" : now.videos?.length ? "green" : "grey"
  return (
    <Container className="divide-y p-0" data-testid="productvideo">
      <div className="flex items-center justify-between px-6 py-4">
        <Heading level="h2">Video</Heading>
        {now.state && (
          <StatusBadge color={colour} data-testid="productvideo-state" role="status">
            {now.state + (typeof now.percent === "number" ? ` · ${now.percent} %` : "")}
          </StatusBadge>
        )}
      </div>
      {now.videos?.map((video) => (
        <div key={video.key} className="px-6 py-4">
          <video
            data-testid="productvideo-clip"
            className="w-full rounded-lg"
            controls
            muted
            playsInline
            preload="none"
            poster={video.poster ?? undefined}
            src={video.url}
            width={video.width}
            height={video.height}
            aria-label={video.alt}
          />
          {video.made_with_ai && (
            <Text size="small" className="text-ui-fg-subtle mt-1">
              Made with AI
            </Text>
          )}
        </div>
      ))}
      <div className="flex flex-col gap-y-3 px-6 py-4">
        {now.connected === false ? (
          <Text size="small" className="text-ui-fg-subtle" data-testid="productvideo-unconnected">
            This shop is not connected to ProductVideo yet. Set PRODUCTVIDEO_CONNECTION to the connection code and start Medusa again.
          </Text>
        ) : (
          <div className="flex items-center gap-x-3">
            <Button size="small" onClick={order} isLoading={busy} disabled={busy || now.moving || now.connected === undefined} data-testid="productvideo-generate">
              Generate video
            </Button>
            {now.link && (
              <a className="text-ui-fg-interactive txt-small" href={now.link} target="_blank" rel="noopener" data-testid="productvideo-look">
                Look at it
              </a>
            )}
          </div>
        )}
        {problem && (
          <Text size="small" className="text-ui-fg-error" role="alert" data-testid="productvideo-problem">
            {problem}
          </Text>
        )}
      </div>
    </Container>
  )
}

export const config = defineWidgetConfig({ zone: "product.details.side" })

export default ProductVideo
