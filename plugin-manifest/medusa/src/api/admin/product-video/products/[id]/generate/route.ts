import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { order } from "../../../../../../productvideo/orders"
import { ServiceProblem } from "../../../../../../productvideo/service"
import { settingsOf } from "../../../../../../productvideo/settings"
import { wordsOf } from "../../../../../../productvideo/words"

/** Orders a video; where it costs something, only once its price was agreed to. */
export async function POST(req: AuthenticatedMedusaRequest<{ key?: unknown; agreed?: unknown }>, res: MedusaResponse) {
  try {
    const answer = await order(req.scope, req.params.id, req.body?.agreed, req.body?.key)
    if ("price" in answer) return res.json({ price: answer.price, confirm: `This video costs about ${answer.price}. Order it?` })
    res.json(wordsOf(answer.video, settingsOf(req.scope).url))
  } catch (e) {
    if (!(e instanceof ServiceProblem)) throw e
    res.json({ problem: e.message })
  }
}
