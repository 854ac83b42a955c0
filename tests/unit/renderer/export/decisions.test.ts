import { describe, expect, test } from 'vitest'
import { applyDecisions, decisionsNeeded } from '../../../../src/renderer/export/decisions.ts'
import type { RegionState } from '../../../../src/renderer/state/region-state.ts'
import type { RegionId } from '../../../../src/shared/base/id.ts'
import { planExport } from '../../../../src/shared/project/export-plan.ts'
import { singRegions } from '../../../../src/shared/project/edits/performance.ts'
import { chorus, countingIds, mira, singerTrack, smallSong, verse } from '../../../support/documents.ts'

const song = singRegions(smallSong(), [verse, chorus], singerTrack, mira, countingIds())
const r1 = 'r1' as RegionId
const r2 = 'r2' as RegionId
const plan = planExport(
  song,
  {
    what: 'stems',
    regionIds: [],
    encoding: 'pcm24',
    rateHz: null,
    start: 'zero',
    channels: 'mono',
    nameTemplate: '{track}',
    writesMetadata: true,
    writesReport: false,
    writesSession: false,
  },
  () => 'Mira',
)
const needed = (states: Readonly<Record<string, RegionState>>) =>
  decisionsNeeded(plan, song, (id) => states[id] ?? { kind: 'converted' })

describe('before an export', () => {
  test('a region that sounds as it is asked to needs no decision', () => expect(needed({})).toEqual([]))

  test.each([
    [{ kind: 'stale' }, 'convert'],
    [{ kind: 'assigned' }, 'convert'],
    [{ kind: 'converting', fraction: 0.5, remainingSec: null }, 'convert'],
    [{ kind: 'failed', reason: 'too quiet', message: '' }, 'as-it-is'],
    [{ kind: 'missing', fileName: 'lead.wav' }, 'silent'],
  ] as const)('%o is by itself answered with %s', (state, answer) => {
    const [decision, ...others] = needed({ r2: state })
    expect(others).toEqual([])
    expect(decision.region.id).toBe(r2)
    expect(decision.choices[0].answer).toBe(answer)
  })

  test('what stays silent is muted in the exported document alone', () => {
    const doubtful = needed({ r1: { kind: 'stale' }, r2: { kind: 'missing', fileName: 'lead.wav' } })
    const exported = applyDecisions(song, new Map([[r1, 'silent']]), doubtful)
    expect([exported.regions[r1].isMuted, exported.regions[r2].isMuted]).toEqual([true, true])
    expect(song.regions[r1].isMuted).toBe(false)
    expect(applyDecisions(song, new Map(), [])).toBe(song)
  })
})
