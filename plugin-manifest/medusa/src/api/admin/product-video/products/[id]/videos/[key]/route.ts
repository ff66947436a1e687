import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { invalid, unknownProduct } from "../../../../../../../productvideo/refusals"
import { listingOf, putVideo, removeVideo, type Description, type Upload } from "../../../../../../../productvideo/videos"

type Files = { [field in "clip" | "poster"]?: { buffer: Buffer; size: number }[] }

export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse) {
  const listing = await listingOf(req.scope, req.params.id)
  if (!listing) return unknownProduct(res)
  const video = listing.videos.find((one) => one.key === req.params.key)
  return video ? res.json({ video }) : res.status(404).json({ type: "not_found", code: "product_video_unknown_video", message: "The product has no such video." })
}

/** Stores the files and puts the video on, in one go: sent again after a lost answer, it finds what was done. */
export async function PUT(req: AuthenticatedMedusaRequest<Record<string, string>>, res: MedusaResponse) {
  const { id, key } = req.params
  const body = req.body ?? {}
  const files = ((req as unknown as { files?: Files }).files ?? {}) as Files
  const description: Description = {
    key,
    width: Number(body.width),
    height: Number(body.height),
    seconds: Number(body.seconds),
    alt: String(body.alt ?? "").slice(0, 1000),
    made_with_ai: body.made_with_ai === "true",
  }
  if (!/^[a-z0-9-]{1,64}$/.test(key)) return invalid(res, "key", "The key is 1 to 64 characters of [a-z0-9-].")
  for (const field of ["width", "height"] as const)
    if (!Number.isInteger(description[field]) || description[field] < 1) return invalid(res, field, `${field} is a whole number of pixels.`)
  if (!(description.seconds > 0)) return invalid(res, "seconds", "seconds is a number above 0.")
  const clip = uploadOf(files.clip, `${key}.mp4`, "video/mp4")
  if (!clip) return invalid(res, "clip", "clip is missing: the MP4.")

  const put = await putVideo(req.scope, id, description, clip, uploadOf(files.poster, `${key}-poster.jpg`, "image/jpeg"))
  return put ? res.json(put) : unknownProduct(res)
}

export async function DELETE(req: AuthenticatedMedusaRequest, res: MedusaResponse) {
  res.json({ removed: await removeVideo(req.scope, req.params.id, req.params.key) })
}

/** Named and typed by us, so that nothing else is ever served from the shop's own address. */
function uploadOf(files: Files["clip"], name: string, mime: string): Upload | null {
  const file = files?.[0]
  return file && file.size > 0 ? { name, mime, bytes: file.buffer } : null
}
