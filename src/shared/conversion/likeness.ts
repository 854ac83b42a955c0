import { neighborWeights, type NeighborWeights } from './residual-neighbors.ts'

/**
 * How the singer's real frames are mixed in: at −1 more stays of what is sung, at 1 more is taken of the person, and
 * 0 is the balance of both. Straight lines between these three.
 */
export function likenessWeights(likeness: number): NeighborWeights {
  const { balanced } = neighborWeights
  if (likeness === 0) return balanced
  const end = likeness < 0 ? neighborWeights['more content'] : neighborWeights['more person']
  const share = Math.min(Math.abs(likeness), 1)
  return {
    residue: balanced.residue + (end.residue - balanced.residue) * share,
    picture: balanced.picture + (end.picture - balanced.picture) * share,
  }
}
