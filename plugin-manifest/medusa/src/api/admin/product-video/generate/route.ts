import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { MOST_AT_ONCE, orderMany } from "../../../../productvideo/orders"

/** Orders the videos of several products: the free ones at once, and those whose price was agreed to. */
export async function POST(req: AuthenticatedMedusaRequest<{ products?: unknown; agreed?: unknown }>, res: MedusaResponse) {
  const { products, agreed } = req.body ?? {}
  const ids = Array.isArray(products) ? products.filter((id): id is string => typeof id === "string" && id !== "") : []
  if (ids.length < 1 || ids.length > MOST_AT_ONCE)
    return res.status(400).json({ type: "invalid_data", message: `products holds 1 to ${MOST_AT_ONCE} ids.` })
  res.json(await orderMany(req.scope, ids, agreed && typeof agreed === "object" ? (agreed as Record<string, unknown>) : {}))
}
