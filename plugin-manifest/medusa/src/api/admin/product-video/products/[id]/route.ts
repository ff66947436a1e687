import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { latestVideo, ServiceProblem } from "../../../../../productvideo/service"
import { isConnected, settingsOf } from "../../../../../productvideo/settings"
import { listingOf } from "../../../../../productvideo/videos"
import { wordsOf } from "../../../../../productvideo/words"

/** How the product's newest video stands, and which are on its listing. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse) {
  const settings = settingsOf(req.scope)
  const videos = (await listingOf(req.scope, req.params.id))?.videos ?? []
  if (!isConnected(settings)) return res.json({ connected: false, videos })
  try {
    res.json({ connected: true, videos, ...wordsOf(await latestVideo(req.scope, req.params.id), settings.url) })
  } catch (e) {
    if (!(e instanceof ServiceProblem)) throw e
    // No state: how the video stood is still the best that is known.
    res.json({ connected: true, videos, problem: e.message })
  }
}
