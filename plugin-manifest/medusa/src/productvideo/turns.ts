import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { MedusaContainer } from "@medusajs/framework/types"

/**
 * Locks that this process holds at a time, over all products. Each keeps one connection of the shop's pool while what is done under it takes
 * others: more of them than the pool has would wait for each other, and the whole shop for them.
 */
const MOST_LOCKS = 2

const waiting = new Map<string, Promise<unknown>>()
const next: (() => void)[] = []
let free = MOST_LOCKS

/** One change of a product's videos after the other in this process, files and all. Takes no connection. */
export async function inTurn<T>(product: string, work: () => Promise<T>): Promise<T> {
  const before = waiting.get(product) ?? Promise.resolve()
  const mine = before.then(work, work)
  waiting.set(product, mine)
  try {
    return await mine
  } finally {
    if (waiting.get(product) === mine) waiting.delete(product)
  }
}

/**
 * One look and save after the other over all servers of the shop: what is read is still true when it is written. By a lock of the database,
 * which ends with the transaction however that ends. Nothing that takes long belongs under it.
 */
export async function locked<T>(container: MedusaContainer, product: string, work: () => Promise<T>): Promise<T> {
  if (free > 0) free--
  else await new Promise<void>((go) => next.push(go))
  try {
    const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    return await database.transaction(async (transaction) => {
      await transaction.raw("select pg_advisory_xact_lock(hashtextextended(?, 0))", [`productvideo:${product}`])
      return work()
    })
  } finally {
    const go = next.shift()
    if (go) go()
    else free++
  }
}
