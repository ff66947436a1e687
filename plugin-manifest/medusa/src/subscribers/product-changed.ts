import { createHmac, randomUUID } from "node:crypto"
import type { SubscriberArgs, SubscriberConfig } from "@medusajs/framework"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import { isConnected, settingsOf } from "../productvideo/settings"
import { removeFilesOfDeleted } from "../productvideo/videos"

/**
 * Tells ProductVideo that a product changed, signed as standardwebhooks.com says. It is a hint: one that is lost is made up for by the next
 * look at the catalogue, so it is sent once.
 */
export default async function productChanged({ event, container }: SubscriberArgs<{ id: string }>) {
  if (event.name === "product.deleted") await removeFilesOfDeleted(container, event.data.id)
  const settings = settingsOf(container)
  if (!isConnected(settings) || settings.webhookSecret === "") return
  const [id, at, body] = [`msg_${randomUUID()}`, Math.floor(Date.now() / 1000).toString(), JSON.stringify({ topic: event.name, product: event.data.id })]
  const secret = Buffer.from(settings.webhookSecret.replace(/^whsec_/, ""), "base64")
  const signature = createHmac("sha256", secret).update(`${id}.${at}.${body}`).digest("base64")
  try {
    const answer = await fetch(`${settings.url}/webhooks/shop/${encodeURIComponent(settings.shop)}`, {
      method: "POST",
      redirect: "manual",
      signal: AbortSignal.timeout(10_000),
      headers: { "content-type": "application/json", "webhook-id": id, "webhook-timestamp": at, "webhook-signature": `v1,${signature}` },
      body,
    })
    if (!answer.ok) throw new Error(`it answered ${answer.status}`)
  } catch (e) {
    container.resolve(ContainerRegistrationKeys.LOGGER).warn(`ProductVideo was not told of ${event.name} ${event.data.id}: ${(e as Error).message}`)
  }
}

export const config: SubscriberConfig = { event: ["product.created", "product.updated", "product.deleted"] }
