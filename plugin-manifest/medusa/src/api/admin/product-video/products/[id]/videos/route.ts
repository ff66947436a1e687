import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { unknownProduct } from "../../../../../../productvideo/refusals"
import { listingOf } from "../../../../../../productvideo/videos"

/** The videos on a product, the oldest first, and what its page is called. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse) {
  const listing = await listingOf(req.scope, req.params.id)
  return listing ? res.json(listing) : unknownProduct(res)
}
