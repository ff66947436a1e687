import type { AuthenticatedMedusaRequest, MedusaResponse } from "@medusajs/framework/http"
import { isConnected, settingsOf } from "../../../../productvideo/settings"

/** That the plugin is here, and what it knows of ProductVideo. */
export async function GET(req: AuthenticatedMedusaRequest, res: MedusaResponse) {
  const settings = settingsOf(req.scope)
  res.json({ version: "1.0.0", connected: isConnected(settings), tells_changes: isConnected(settings) && settings.webhookSecret !== "" })
}
