import type { SystemRow } from './evaluation-report.ts'
import type { PairFigures } from './measure-pair.ts'

/** Means over the pairs for which a figure could be told. */
export function summarize(system: string, pairs: readonly PairFigures[]): SystemRow {
  const mean = (pick: (pair: PairFigures) => number | null): number | null => {
    const values = pairs.map(pick).filter((value) => value !== null)
    return values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length
  }
  return {
    system,
    n: pairs.length,
    raw: mean((pair) => pair.raw),
    cmn: mean((pair) => pair.cmn),
    mfcc: mean((pair) => pair.mfcc),
    src: mean((pair) => pair.src),
    pcor: mean((pair) => pair.pcor),
    near: mean((pair) => pair.near),
    nearChance: mean((pair) => pair.nearChance),
    dm: mean((pair) => pair.dm),
    parallelCount: pairs.filter((pair) => pair.pcor !== null).length,
    content: mean((pair) => pair.content),
    gv: mean((pair) => pair.gv),
    pitchMedianCents: mean((pair) => pair.pitchMedianCents),
    pitchGross: mean((pair) => pair.pitchGross),
    voicing: mean((pair) => pair.voicing),
    loudnessDb: mean((pair) => pair.loudnessDb),
    roughness: mean((pair) => pair.roughness),
    clicks: mean((pair) => pair.clicks),
    clipped: mean((pair) => pair.clipped),
    octaveCents: mean((pair) => pair.octaveCents),
    octaveBreathDb: mean((pair) => pair.octaveBreathDb),
    octaveCount: pairs.filter((pair) => pair.octaveBreathDb !== null).length,
  }
}
