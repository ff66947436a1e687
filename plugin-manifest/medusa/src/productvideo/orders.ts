import { randomUUID } from "node:crypto"
import type { MedusaContainer } from "@medusajs/framework/types"
import { costOf, orderVideo, ServiceProblem, type ServiceVideo } from "./service"

/** What one page of the list may order; a whole catalogue is ordered in ProductVideo. */
export const MOST_AT_ONCE = 20

/** Either a video that was ordered, or the price that the merchant has to agree to before. */
export type Order = { video: ServiceVideo } | { price: string }

/** Nothing is paid for at a price that the merchant has not seen. */
export async function order(container: MedusaContainer, product: string, agreed: unknown, key: unknown): Promise<Order> {
  const cost = await costOf(container, product)
  if (cost.text !== "" && cost.text !== agreed) return { price: cost.text }
  const sound = typeof key === "string" && /^[0-9a-f-]{16,64}$/.test(key)
  return { video: await orderVideo(container, product, sound ? key : randomUUID(), cost.agreed) }
}

export type Orders = {
  ordered: number
  failed: { product: string; problem: string }[]
  /** Prices to agree to, by product. */
  asked: Record<string, string>
  /** How many came after one that met a problem of the connection. */
  untried: number
}

export async function orderMany(container: MedusaContainer, products: string[], agreed: Record<string, unknown>): Promise<Orders> {
  const told: Orders = { ordered: 0, failed: [], asked: {}, untried: 0 }
  for (const [i, product] of products.entries()) {
    try {
      const answer = await order(container, product, agreed[product], randomUUID())
      if ("price" in answer) told.asked[product] = answer.price
      else told.ordered++
    } catch (e) {
      if (!(e instanceof ServiceProblem)) throw e
      told.failed.push({ product, problem: e.message })
      if (e.everywhere) {
        told.untried = products.length - i - 1
        break
      }
    }
  }
  return told
}
