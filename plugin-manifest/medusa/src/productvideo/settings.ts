import { readFileSync } from "node:fs"
import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { MedusaContainer } from "@medusajs/framework/types"

export const PLUGIN = "medusa-plugin-productvideo"

/** What the merchant gave in the environment or among the plugin's options. */
export type Settings = {
  /** Where ProductVideo runs; empty where the shop is not connected. */
  url: string
  key: string
  /** This shop's key in ProductVideo. */
  shop: string
  /** Signs what this shop tells ProductVideo of changed products; empty where it tells nothing. */
  webhookSecret: string
}

type Options = { connection?: string; webhookSecret?: string }

export function settingsOf(container: MedusaContainer): Settings {
  const options = optionsOf(container)
  const code = options.connection || given("PRODUCTVIDEO_CONNECTION")
  const webhookSecret = options.webhookSecret || given("PRODUCTVIDEO_WEBHOOK_SECRET")
  return { ...(readCode(code) ?? { url: "", key: "", shop: "" }), webhookSecret }
}

/** From the environment, or from the file that NAME_FILE names, as containers are given secrets; the file may be exchanged at any time. */
function given(name: string): string {
  const file = process.env[`${name}_FILE`]
  if (process.env[name] || !file) return process.env[name]?.trim() ?? ""
  try {
    return readFileSync(file, "utf8").trim()
  } catch {
    return ""
  }
}

export function isConnected(settings: Settings): boolean {
  return settings.url !== ""
}

function optionsOf(container: MedusaContainer): Options {
  const config = container.resolve(ContainerRegistrationKeys.CONFIG_MODULE)
  for (const plugin of config.plugins ?? [])
    if (typeof plugin !== "string" && plugin.resolve === PLUGIN) return (plugin.options ?? {}) as Options
  return {}
}

/** Base64url of JSON with url, key and shop, as ProductVideo gives it. */
export function readCode(code: string): Pick<Settings, "url" | "key" | "shop"> | null {
  try {
    const read = JSON.parse(Buffer.from(code.trim(), "base64url").toString("utf8"))
    const { url, key, shop } = read ?? {}
    const sound = [url, key, shop].every((part) => typeof part === "string" && part !== "") && /^https?:\/\//.test(url)
    return sound ? { url: url.replace(/\/+$/, ""), key, shop } : null
  } catch {
    return null
  }
}
