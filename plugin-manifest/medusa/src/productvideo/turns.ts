import { ContainerRegistrationKeys } from "@medusajs/framework/utils"
import type { MedusaContainer } from "@medusajs/framework/types"

const waiting = new Map<string, Promise<unknown>>()

/**
 * One change of a product's videos after the other, over all servers of the shop: what is read is still true when it is written. In this
 * process first, so that a product takes one connection of the pool at most; then by a lock of the database, which ends with the
 * transaction however that ends.
 */
export async function inTurn<T>(container: MedusaContainer, product: string, work: () => Promise<T>): Promise<T> {
  const before = waiting.get(product) ?? Promise.resolve()
  const mine = before.then(locked, locked)
  waiting.set(product, mine)
  try {
    return await mine
  } finally {
    if (waiting.get(product) === mine) waiting.delete(product)
  }

  function locked(): Promise<T> {
    const database = container.resolve(ContainerRegistrationKeys.PG_CONNECTION)
    return database.transaction(async (transaction) => {
      await transaction.raw("select pg_advisory_xact_lock(hashtextextended(?, 0))", [`productvideo:${product}`])
      return work()
    })
  }
}
