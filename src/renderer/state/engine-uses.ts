import type { EngineUse } from '../../shared/contract/engines.ts'
import { say } from '../messages/say.svelte.ts'

/** "training and conversion". */
export function usesWords(uses: readonly EngineUse[]): string {
  const [first, second] = uses.map((use) => say.start[use === 'training' ? 'useTraining' : 'useConversion'])
  return second === undefined ? (first ?? '') : say.start.both(first, second)
}
