import { delayScore, parseScore, type Score } from './score.ts'

/** The demo song: twelve bars in D minor at 84 beats a minute, about 36 seconds, with words that mean nothing. */
export const DEMO_BPM = 84
export const DEMO_BEATS_PER_BAR = 4
/** Room for the first breath and consonant: one bar. */
const LEAD_IN_SEC = (60 / DEMO_BPM) * DEMO_BEATS_PER_BAR

const LEAD_PHRASES = [
  'A3:1:la A3:.5:ni D4:1.5:so C4:.5:ta A#3:.5:le A3:2:ma -:2',
  'F3:.5:ki G3:.5:no A3:1:sha A#3:1.5:lo A3:.5:ne G3:2:mi -:2',
  'A3:.5:ta D4:1:le! E4:.5:no! F4:2:sa! E4:.5:li! D4:.5:ma! C4:1:to D4:1.5:la! -:.5',
  'A#3:.5:su A3:.5:ne G3:1:mo F3:.5:li E3:.5:ka F3:2.5:na? -:2.5',
  'D4:1:ho! C4:.5:la A#3:.5:mi A3:1:sho G3:.5:te A3:.5:no D4:2.5:lu! -:1.5',
  'F3:1:ma? G3:.5:ni? A3:.5:le? G3:1:so? E3:1:ta? D3:3:la? -:1',
]

const HARMONY_PHRASES = [
  '-:16',
  'F3:.5:ta A3:1:le C4:.5:no D4:2:sa C4:.5:li A#3:.5:ma A3:1:to A3:1.5:la -:.5',
  'D3:.5:su F3:.5:ne E3:1:mo D3:.5:li C3:.5:ka D3:2.5:na? -:2.5',
  'A3:1:ho A3:.5:la F3:.5:mi F3:1:sho E3:.5:te F3:.5:no A3:2.5:lu -:1.5',
  'D3:1:ma? E3:.5:ni? F3:.5:le? E3:1:so? C3:1:ta? D3:3:la? -:1',
]

export const demoLeadScore: Score = delayScore(parseScore(LEAD_PHRASES, DEMO_BPM), LEAD_IN_SEC)
export const demoHarmonyScore: Score = delayScore(parseScore(HARMONY_PHRASES, DEMO_BPM), LEAD_IN_SEC)
