import { defineMiddlewares, type MedusaNextFunction, type MedusaRequest, type MedusaResponse } from "@medusajs/framework/http"
import multer from "multer"

/** In memory, as Medusa's own uploads: its file module takes them whole. */
const LARGEST = 200 * 1024 * 1024

const receive = multer({ storage: multer.memoryStorage(), limits: { fileSize: LARGEST, files: 2 } }).fields([
  { name: "clip", maxCount: 1 },
  { name: "poster", maxCount: 1 },
])

export default defineMiddlewares({
  routes: [
    {
      matcher: "/admin/product-video/products/:id/videos/:key",
      method: ["PUT"],
      middlewares: [
        (req: MedusaRequest, res: MedusaResponse, next: MedusaNextFunction) =>
          receive(req, res, (e?: { code?: string; message: string }) => {
            if (e?.code === "LIMIT_FILE_SIZE")
              res.status(413).json({ type: "invalid_data", code: "product_video_too_large", message: `A file has more than ${LARGEST} bytes.` })
            else if (e?.code?.startsWith("LIMIT_"))
              res.status(400).json({ type: "invalid_data", code: "product_video_invalid", message: e.message })
            else next(e)
          }),
      ],
    },
  ],
})
