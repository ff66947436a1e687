import type { MedusaResponse } from "@medusajs/framework/http"

/** Tells it from a route that is not there. */
export function unknownProduct(res: MedusaResponse): MedusaResponse {
  return res.status(404).json({ type: "not_found", code: "product_video_unknown_product", message: "There is no such product." })
}

export function invalid(res: MedusaResponse, field: string, message: string): MedusaResponse {
  return res.status(400).json({ type: "invalid_data", code: "product_video_invalid", field, message })
}
