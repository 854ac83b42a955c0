import type { Singer } from '../../src/shared/contract/library.ts'

/** Without the singers that come with the program. */
export const ownSingers = async (listed: Promise<readonly Singer[]>): Promise<Singer[]> =>
  (await listed).filter(({ origin }) => origin !== 'shipped')
