import { Modules } from "@medusajs/framework/utils"
import type { MedusaContainer } from "@medusajs/framework/types"
import { inTurn, locked } from "./turns"

/** The one key of a product's metadata that is ours: its videos, the oldest first. */
export const VIDEOS = "product_videos"

export type Video = {
  key: string
  url: string
  poster: string | null
  mime: string
  width: number
  height: number
  seconds: number
  alt: string
  made_with_ai: boolean
  /** Medusa's id of the file. */
  file: string
  poster_file: string | null
}

/** A file as it came. */
export type Upload = { name: string; mime: string; bytes: Buffer }

/** What the listing says of a video; its addresses come with its files. */
export type Description = Pick<Video, "key" | "width" | "height" | "seconds" | "alt" | "made_with_ai">

export type Listing = { handle: string; videos: Video[] }

/** A product with its videos; null if there is no such product. One that was deleted too, with `deleted`. */
export async function listingOf(container: MedusaContainer, product: string, deleted = false): Promise<Listing | null> {
  const [found] = await container
    .resolve(Modules.PRODUCT)
    .listProducts({ id: product }, { select: ["id", "handle", "metadata"], take: 1, withDeleted: deleted })
  if (!found) return null
  const kept = found.metadata?.[VIDEOS]
  const sound = (video: Video) => video && typeof video.key === "string" && typeof video.url === "string"
  return { handle: found.handle, videos: Array.isArray(kept) ? (kept as Video[]).filter(sound) : [] }
}

/**
 * Puts a video on a product, unless one with its key is there. Null if there is no such product. The files are stored before the lock is taken,
 * which may last: should another server have been first, they go away again.
 */
export async function putVideo(
  container: MedusaContainer,
  product: string,
  description: Description,
  clip: Upload,
  poster: Upload | null
): Promise<{ video: Video; was_there: boolean } | null> {
  return inTurn(product, async () => {
    const before = await listingOf(container, product)
    const known = before && withKey(before, description.key)
    if (!before || known) return known ? { video: known, was_there: true } : null

    const files = await store(container, poster ? [clip, poster] : [clip])
    const video: Video = {
      ...description,
      url: files[0].url,
      poster: files[1]?.url ?? null,
      mime: clip.mime,
      file: files[0].id,
      poster_file: files[1]?.id ?? null,
    }
    let shown: string[] = []
    try {
      return await locked(container, product, async () => {
        const listing = await listingOf(container, product)
        if (!listing) return null
        const there = withKey(listing, description.key)
        if (!there) await save(container, product, [...listing.videos, video])
        shown = filesOf(there ?? video)
        return { video: there ?? video, was_there: !!there }
      })
    } finally {
      await discard(container, files.map((file) => file.id).filter((file) => !shown.includes(file)))
    }
  })
}

/**
 * Takes a video off, and its files away. Fine twice, and for a product that is gone. The files go first: as long as one is left, so is the entry by
 * which the next try finds it.
 */
export async function removeVideo(container: MedusaContainer, product: string, key: string): Promise<boolean> {
  return inTurn(product, async () => {
    const before = await listingOf(container, product, true)
    const there = before && withKey(before, key)
    if (!there) return false
    const used = new Set(before.videos.filter((video) => video !== there).flatMap(filesOf))
    await discard(container, filesOf(there).filter((file) => !used.has(file)))
    await locked(container, product, async () => {
      const listing = await listingOf(container, product)
      if (listing && withKey(listing, key)) await save(container, product, listing.videos.filter((video) => video.key !== key))
    })
    return true
  })
}

/** What is left of a product that was deleted. */
export async function removeFilesOfDeleted(container: MedusaContainer, product: string): Promise<void> {
  await inTurn(product, async () => {
    const left = await locked(container, product, async () =>
      (await listingOf(container, product)) ? [] : ((await listingOf(container, product, true))?.videos ?? [])
    )
    await discard(container, left.flatMap(filesOf))
  })
}

function withKey(listing: Listing, key: string): Video | undefined {
  return listing.videos.find((video) => video.key === key)
}

function filesOf(video: Video): string[] {
  return [video.file, video.poster_file].filter((file): file is string => typeof file === "string" && file !== "")
}

function store(container: MedusaContainer, files: Upload[]): Promise<{ id: string; url: string }[]> {
  return container
    .resolve(Modules.FILE)
    .createFiles(files.map((file) => ({ filename: file.name, mimeType: file.mime, content: file.bytes.toString("base64"), access: "public" as const })))
}

async function discard(container: MedusaContainer, files: string[]): Promise<void> {
  if (files.length) await container.resolve(Modules.FILE).deleteFiles(files)
}

/** By the product module itself, not by Medusa's workflow: to those who listen for product.updated it has not changed. */
async function save(container: MedusaContainer, product: string, videos: Video[]): Promise<void> {
  // Metadata is merged key by key, and an empty text takes a key away.
  await container.resolve(Modules.PRODUCT).updateProducts(product, { metadata: { [VIDEOS]: videos.length ? videos : "" } })
}
