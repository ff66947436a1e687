import type { MedusaContainer } from "@medusajs/framework/types"
import { isConnected, settingsOf } from "./settings"

/** What ProductVideo could not do, in words for the merchant. */
export class ServiceProblem extends Error {
  /** @param everywhere Whether it is wrong for every product, as the connection is. */
  constructor(
    message: string,
    readonly everywhere: boolean
  ) {
    super(message)
  }
}

/** A video as the service tells it, as far as it is read. */
export type ServiceVideo = {
  id: string
  state: string
  progress?: number | null
  problem?: { merchantText?: string } | null
}

export type Price = { amount: number; currency: string }

/** What a video costs: in words, empty where nobody can cost anything; and what is agreed to with them, an amount for each currency. */
export type Cost = { text: string; agreed: Price[] }

/**
 * Orders a video. The same key gives the same video, however often it is sent. Nobody who costs more than was agreed to makes it, not even
 * where another has failed.
 */
export function orderVideo(container: MedusaContainer, product: string, key: string, agreed: Price[]): Promise<ServiceVideo> {
  const { shop } = settingsOf(container)
  return call<ServiceVideo>(container, "POST", "/api/v1/generations", { shop, product, agreed }, { "Idempotency-Key": `medusa-${key}` })
}

/** What a video of the product costs now, for example "0.70 USD". */
export async function costOf(container: MedusaContainer, product: string): Promise<Cost> {
  const { shop } = settingsOf(container)
  const path = `/api/v1/products/${encodeURIComponent(shop)}/${encodeURIComponent(product)}/preview`
  const { price, upTo = [] } = await call<{ price: Price; upTo?: Price[] }>(container, "POST", path, {})
  const agreed = price.amount > 0 && !upTo.some(({ currency }) => currency === price.currency) ? [price, ...upTo] : upTo
  if (agreed.length === 0) return { text: "", agreed }
  return { text: textOf(price) + (upTo.length > 0 ? `, or up to ${upTo.map(textOf).join(" or ")} if another provider has to make it` : ""), agreed }
}

const textOf = ({ amount, currency }: Price) => `${amount.toFixed(2)} ${currency}`

/** The product's newest video; null if it has none. */
export async function latestVideo(container: MedusaContainer, product: string): Promise<ServiceVideo | null> {
  const query = new URLSearchParams({ shop: settingsOf(container).shop, product, take: "1" })
  const page = await call<{ items?: ServiceVideo[] }>(container, "GET", `/api/v1/generations?${query}`)
  return page.items?.[0] ?? null
}

/** From the shop's server: the key never reaches a browser. */
async function call<T>(container: MedusaContainer, method: string, path: string, body?: object, headers: Record<string, string> = {}): Promise<T> {
  const settings = settingsOf(container)
  if (!isConnected(settings))
    throw new ServiceProblem("Connect this shop to ProductVideo first: set PRODUCTVIDEO_CONNECTION to the connection code and start Medusa again.", true)
  let answer: Response
  try {
    answer = await fetch(settings.url + path, {
      method,
      redirect: "manual",
      signal: AbortSignal.timeout(15_000),
      headers: { ...headers, authorization: `Bearer ${settings.key}`, accept: "application/json", "content-type": "application/json" },
      body: body && JSON.stringify(body),
    })
  } catch {
    throw new ServiceProblem("ProductVideo can’t be reached just now. Nothing was lost; try again in a moment.", true)
  }
  const told = await answer.json().catch(() => null)
  if (answer.ok && told) return told as T
  if (answer.status === 401 || answer.status === 403)
    throw new ServiceProblem("ProductVideo does not accept this shop’s key. Make a new connection code there and set PRODUCTVIDEO_CONNECTION to it.", true)
  // The service's own words for the merchant.
  throw new ServiceProblem(told?.detail ?? told?.title ?? "ProductVideo did not answer as expected. Check the address in the connection code.", !told)
}
