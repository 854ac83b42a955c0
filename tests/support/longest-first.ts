import { BaseSequencer, type TestSpecification } from 'vitest/node'

/**
 * What takes longest, in this order, as measured. A checkout that never ran remembers no times, and one of these begun
 * last would leave a core idle for minutes.
 */
const longest = [
  'app/story/keyboard',
  'app/promises/bounded-memory',
  'app/story/pointer',
  'compute/training/joint-training',
  'app/promises/nothing-is-lost',
  'app/command-line',
  'app/engines-equality',
  'app/voice-room',
  'app/timeline',
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
