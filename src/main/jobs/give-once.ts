import type { Library } from '../library/client.ts'
import type { Logger } from '../logger.ts'

/** Ids of what comes with the program begin so; minted ids never do, because they have no such words. */
export const SHIPPED_PREFIX = 'shipped'

/** The same in every library, so that a song made with one is at home in another: a name's letters and digits. */
export const shippedId = (name: string): string => `${SHIPPED_PREFIX}${name.toLowerCase().replace(/[^0-9a-z]/g, '')}`

/** Something that comes with the program. */
export interface Gift {
  readonly id: string
  give(): Promise<void>
}

/**
 * Gives a library what it was never given: what the person removed does not come back. What can't be given is left out
 * and told to the log; that is no reason not to start.
 * @param setting under which the ids of what was given are kept
 */
export async function giveOnce(
  gifts: readonly Gift[],
  { what, setting }: { readonly what: string; readonly setting: string },
  library: Library,
  logger: Logger,
): Promise<void> {
  const kept = await library.settings.get(setting)
  const given = Array.isArray(kept) ? kept.filter((id) => typeof id === 'string') : []
  for (const [index, gift] of gifts.entries()) {
    if (given.includes(gift.id)) continue
    given.push(gift.id)
    try {
      await gift.give()
    } catch (cause) {
      logger.error(`The shipped ${what} at place ${index + 1} was left out`, cause)
    }
    await library.settings.set(setting, given)
  }
}
