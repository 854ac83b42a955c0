import type { TrainingPoint } from '../../shared/contract/jobs.ts'
import { say } from '../messages/say.svelte.ts'
import type { Canvas } from '../ui/canvas.ts'
import { formatCount } from '../ui/numbers.ts'

const axisPx = { left: 36, bottom: 18, top: 6, right: 8 } as const

export interface LossPicture {
  readonly points: readonly TrainingPoint[]
  readonly bestStep: number | null
  /** How far it is to go, while it is on its way. */
  readonly stepCount: number | null
}

/** Draws the curve of a training: thin while learning, strong on held-back phrases, the best checkpoint filled. */
export function paintLoss(canvas: Canvas, { points, bestStep, stepCount }: LossPicture, singer: string): void {
  const { context, width, height, color } = canvas
  if (points.length === 0) return
  const losses = points
    .flatMap((point) => [point.trainLoss, point.heldOutLoss ?? point.trainLoss])
    .filter(Number.isFinite)
  const lossScale = niceScale(Math.min(...losses), robustHighest(losses), 3)
  const [lowest, highest] = [lossScale[0], lossScale[lossScale.length - 1]]
  const doneStep = Math.max(1, points[points.length - 1].step)
  const lastStep = Math.max(doneStep, stepCount ?? 0)
  const x = (step: number): number => axisPx.left + (step / lastStep) * (width - axisPx.left - axisPx.right)
  const y = (loss: number): number =>
    axisPx.top + (1 - (Math.min(loss, highest) - lowest) / (highest - lowest)) * (height - axisPx.top - axisPx.bottom)

  paintAxes(canvas, lossScale, niceScale(0, lastStep, 4), x, y)
  if (doneStep < lastStep) paintNow(canvas, x(doneStep))
  stroke(
    context,
    points.map((point) => [x(point.step), y(point.trainLoss)]),
    color('source'),
    1,
    0.6,
  )
  const held = points.filter((point) => point.heldOutLoss !== null)
  const heldAt = (point: TrainingPoint): [number, number] => [x(point.step), y(point.heldOutLoss ?? 0)]
  stroke(context, held.map(heldAt), color(singer), 2, 1)
  for (const point of held) {
    const [cx, cy] = heldAt(point)
    context.beginPath()
    context.arc(cx, cy, point.step === bestStep ? 4 : 3, 0, 2 * Math.PI)
    context.fillStyle = point.step === bestStep ? color('tx-strong') : color('bg2')
    context.fill()
    context.strokeStyle = point.step === bestStep ? color('tx-strong') : color(singer)
    context.lineWidth = 1.5
    context.stroke()
  }
}

/** Round numbers that hold the span between them: steps of 1, 2 or 5 times a power of ten. */
export function niceScale(low: number, high: number, parts: number): readonly number[] {
  const rough = Math.max(high - low, 1e-6) / parts
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = ([1, 2, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power
  const first = Math.floor(low / step)
  const count = Math.max(1, Math.ceil(high / step - 1e-9) - first)
  // Rounded, so that three times a tenth is three tenths.
  return Array.from({ length: count + 1 }, (_, index) => Number(((first + index) * step).toPrecision(12)))
}

function paintAxes(
  { context, width, height, color }: Canvas,
  losses: readonly number[],
  steps: readonly number[],
  x: (step: number) => number,
  y: (loss: number) => number,
): void {
  context.font = `500 10px ${color('font')}`
  context.textBaseline = 'middle'
  context.textAlign = 'right'
  const decimals = Math.max(0, -Math.floor(Math.log10(losses[1] - losses[0]) + 1e-9))
  for (const loss of losses) {
    context.fillStyle = color('line')
    context.fillRect(axisPx.left, Math.round(y(loss)), width - axisPx.left - axisPx.right, 1)
    context.fillStyle = color('tx-faint')
    context.fillText(loss.toFixed(decimals), axisPx.left - 6, y(loss))
  }
  for (const step of steps) {
    if (x(step) > width) continue
    const room = context.measureText(formatCount(step)).width / 2
    context.textAlign = x(step) + room > width ? 'right' : 'center'
    context.fillText(formatCount(step), Math.min(x(step), width - 1), height - 6)
  }
}

/** Where the training stands. */
function paintNow({ context, height, color }: Canvas, at: number): void {
  context.strokeStyle = color('tx-faint')
  context.lineWidth = 1
  context.setLineDash([2, 3])
  context.beginPath()
  context.moveTo(Math.round(at) + 0.5, axisPx.top)
  context.lineTo(Math.round(at) + 0.5, height - axisPx.bottom)
  context.stroke()
  context.setLineDash([])
}

function stroke(
  context: CanvasRenderingContext2D,
  path: readonly (readonly [number, number])[],
  color: string,
  width: number,
  opacity: number,
): void {
  context.beginPath()
  for (const [x, y] of path) context.lineTo(x, y)
  context.strokeStyle = color
  context.lineWidth = width
  context.lineJoin = 'round'
  context.globalAlpha = opacity
  context.stroke()
  context.globalAlpha = 1
}

/** The first steps of a training are far off; they must not flatten what follows. */
function robustHighest(losses: readonly number[]): number {
  const sorted = losses.toSorted((a, b) => a - b)
  const upper = sorted[Math.floor((sorted.length - 1) * 0.97)]
  return Math.max(upper, sorted[0] * 1.05)
}

/**
 * What the curve says, in a sentence.
 * @param bestStep the checkpoint that is used; one that nobody was held out for has no loss of theirs
 */
export function describeCurve(points: readonly TrainingPoint[], bestStep: number | null): string {
  const held = points.filter((point) => point.heldOutLoss !== null)
  const [before, last] = held.slice(-2)
  if (!last) return held.length === 0 && bestStep === null ? say.training.firstNotCome : say.training.firstIsThere
  const change = 1 - (last.heldOutLoss ?? 0) / (before.heldOutLoss ?? 1)
  const steps = formatCount(last.step - before.step)
  if (change > 0.002) return say.training.stillBetter(steps, percent(change))
  if (change < -0.002) return say.training.gotWorse(steps, percent(-change))
  return say.training.changedNothing(steps)
}

const percent = (fraction: number): string =>
  fraction < 0.1 ? (fraction * 100).toFixed(1) : String(Math.round(fraction * 100))
