import { beforeEach, expect, test, vi } from 'vitest'
import { temporaryFolder } from '../support/temporary-folder.ts'
import { runFuzz, type Trial } from './engine/fuzz-run.ts'
import { createInputSource } from './engine/input-source.ts'
import { promised, type OpenTarget } from './engine/target.ts'
import { fixtureSounds } from './targets/fixture-sounds.ts'
import { targets } from './targets/registry.ts'

/** A few of the inputs that `npm run test:fuzz` tries by the hundred thousand. */
const SEED = 5
const countOf = (share: number): number => Math.max(12, Math.min(80, share))

// Decoders complain on the console about what the outcome already says.
beforeEach(() => void vi.spyOn(console, 'error').mockImplementation(() => {}))

async function brokenBy(target: OpenTarget, count: number): Promise<readonly Trial[]> {
  const broken: Trial[] = []
  const after = (trial: Trial) => void (trial.hasThrown && broken.push(trial))
  await runFuzz(target, { seed: SEED, count, isGuided: false, after })
  return broken
}

test.each(targets)('$name: $reads: $promise', async (target) => {
  const opened = await target.open(temporaryFolder())
  const broken = await brokenBy(opened, countOf(target.share))
  await opened.close?.()
  expect(broken.map(({ thrown }) => (thrown instanceof Error ? thrown.stack : thrown))).toEqual([])
})

test('a reader that believes a length is found out, and its input told', async () => {
  const naive: OpenTarget = {
    seeds: fixtureSounds('sox-uint8.wav'),
    largestBytes: 4096,
    take(input) {
      if (input.length < 44) return
      const claimed = new DataView(input.buffer, input.byteOffset).getUint32(40, true)
      promised(claimed < 2 ** 24, `allocates ${claimed} bytes`)
    },
  }
  const [first] = await brokenBy(naive, 2000)
  expect(String(first.thrown)).toMatch(/allocates \d{8,} bytes/)
  expect(() => void naive.take(first.input)).toThrow(/allocates/)
})

test('the same seed draws the same inputs, another draws others', () => {
  const drawn = (seed: number): readonly Uint8Array[] => {
    const source = createInputSource({ seeds: fixtureSounds('sox-uint8.wav'), largestBytes: 4096 }, seed)
    return Array.from({ length: 50 }, () => source.next())
  }
  expect(drawn(1)).toEqual(drawn(1))
  expect(drawn(1)).not.toEqual(drawn(2))
})
