import { expect, test } from 'vitest'
import { failure } from '../../../../src/shared/base/errors.ts'
import type { RegionId } from '../../../../src/shared/base/id.ts'
import { singRegions } from '../../../../src/shared/project/edits/performance.ts'
import { regionState, spokenState, stateWords, type RegionFacts } from '../../../../src/renderer/state/region-state.ts'
import { countingIds, mira, singerTrack, smallSong, verse } from '../../../support/documents.ts'
import { convertJob } from '../../../support/test-editor.ts'

const project = singRegions(smallSong(), [verse], singerTrack, mira, countingIds())
const r1 = 'r1' as RegionId
const facts = (given: Partial<RegionFacts> = {}): RegionFacts => ({
  project,
  job: null,
  requested: null,
  isMissing: false,
  singerDigest: 'digest-of-mira',
  replacedBy: null,
  ...given,
})
const sung = project.regions[r1]
const source = project.regions[verse]

test.each([
  ['a source is original', source, facts(), '', 'original'],
  [
    'a source that is sung says by whom',
    source,
    facts({ replacedBy: { name: 'Mira', kind: 'singer' } }),
    'sung by Mira',
    'sung by Mira',
  ],
  [
    'or played',
    source,
    facts({ replacedBy: { name: 'Horn', kind: 'instrument' } }),
    'played by Horn',
    'played by Horn',
  ],
  ['a region with a singer waits to be converted', sung, facts(), 'not converted', 'not converted'],
  ['a queued region says its place', sung, facts({ job: convertJob(r1, { queuePosition: 2 }) }), '2nd', 'waiting, 2nd'],
  [
    'the eleventh is not the eleven-first',
    sung,
    facts({ job: convertJob(r1, { queuePosition: 11 }) }),
    '11th',
    'waiting, 11th',
  ],
  [
    'a converting region says how far and how long',
    sung,
    facts({ job: convertJob(r1, { state: 'running', fraction: 0.617, remainingSec: 7.2 }) }),
    '62 % · 8 s',
    'converting, 62 percent',
  ],
  [
    'a failed region says why',
    sung,
    facts({ job: convertJob(r1, { state: 'failed', failure: failure('audio-silent', 'It is silent.') }) }),
    'silent',
    'failed, It is silent.',
  ],
  ['a region without its file says which', source, facts({ isMissing: true }), '', 'file lead.wav is missing'],
])('%s', (_, region, given, words, spoken) => {
  const state = regionState(region, given)
  expect(stateWords(state)).toBe(words)
  expect(spokenState(state)).toBe(spoken)
})
