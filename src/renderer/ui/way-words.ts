import { say } from '../messages/say.svelte.ts'

type Way = 'enroll' | 'scratch' | 'joint'

interface Learned {
  readonly method?: Way
  readonly compared?: readonly { readonly method: Way; readonly errorDb: number }[]
}

/** How a singer was learned, and by which figures that was chosen; null where nobody knows. */
export function wayWords({ method, compared = [] }: Learned): string | null {
  if (method === undefined) return null
  const { ways } = say.ui
  if (compared.length === 0) return ways[method]
  const figures = compared.map((figure) => ways.figure(ways[figure.method], figure.errorDb.toFixed(2)))
  return ways.both(ways[method], ways.compared(figures.join(', ')))
}
