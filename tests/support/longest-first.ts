import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * What takes longest, in this order, as measured. A checkout that never ran remembers no times, and one of these begun
 * last would leave a core idle for minutes.
 */
const longest = [
  'app/promises/bounded-memory',
  'app/story/keyboard',
  'app/story/pointer',
  'compute/training/joint-training',
  'app/farm/farm',
  'app/farm/trainings',
  'app/promises/nothing-is-lost',
  'app/engines-equality',
  'app/command-line',
  'faults/few-faults',
  'main/compute/worker',
  'app/promises/nothing-blocks',
  'app/engines-page',
  'app/timeline',
  'app/bad-input/full-disk',
  'app/promises/length-and-repetition',
  'app/emotion-studio',
]

/** Begins with what takes longest; the rest follows in vitest's own order. */
export class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = longest.findIndex((name) => moduleId.includes(`/${name}.test.ts`))
      return found < 0 ? longest.length : found
    }
    return (await super.sort(files)).sort((a, b) => place(a) - place(b))
  }
}
