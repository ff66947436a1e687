import Medusa from "@medusajs/js-sdk"

declare const __BACKEND_URL__: string | undefined
declare const __AUTH_TYPE__: "session" | "jwt" | undefined

/** This shop's own server, signed in as the merchant: it alone holds ProductVideo's key. */
const shop = new Medusa({
  baseUrl: typeof __BACKEND_URL__ === "undefined" ? "/" : __BACKEND_URL__,
  auth: { type: typeof __AUTH_TYPE__ === "undefined" ? "session" : (__AUTH_TYPE__ ?? "session") },
})

export type Listed = { key: string; url: string; poster: string | null; width: number; height: number; alt: string; made_with_ai: boolean }

export type Standing = {
  connected?: boolean
  state?: string
  percent?: number | null
  problem?: string
  moving?: boolean
  link?: string
  videos?: Listed[]
  price?: string
  confirm?: string
}

export type Orders = { ordered: number; failed: { product: string; problem: string }[]; asked: Record<string, string>; untried: number }

export const standing = (product: string) => shop.client.fetch<Standing>(`/admin/product-video/products/${product}`)

export const generate = (product: string, key: string, agreed?: string) =>
  shop.client.fetch<Standing>(`/admin/product-video/products/${product}/generate`, { method: "POST", body: { key, agreed } })

export const generateMany = (products: string[], agreed: Record<string, string>) =>
  shop.client.fetch<Orders>("/admin/product-video/generate", { method: "POST", body: { products, agreed } })

export type Product = { id: string; title: string; thumbnail: string | null; status: string; metadata: Record<string, unknown> | null }

export const products = (q: string, offset: number, limit: number) =>
  shop.client.fetch<{ products: Product[]; count: number }>("/admin/products", {
    query: { ...(q && { q }), offset, limit, order: "title", fields: "id,title,thumbnail,status,metadata" },
  })
