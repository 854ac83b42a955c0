import type { Handlers } from './handlers.ts'

type FarmVerbs = Pick<Handlers, Extract<keyof Handlers, `farm:${string}`>>

export const farmVerbs: FarmVerbs = {
  'farm:describe': async (_request, { farm }) => (await farm?.describe()) ?? null,
}
