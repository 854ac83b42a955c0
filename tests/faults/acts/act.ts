import type { Random } from '../../../src/shared/base/random.ts'
import type { Stage } from '../stage.ts'

/** Something that a person does, from asking to the end of what was asked. What is refused or fails with a code is thrown. */
export interface Act {
  readonly name: string
  /** Of all that is done. */
  readonly weight: number
  run(stage: Stage, random: Random): Promise<void>
}
