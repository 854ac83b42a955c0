import type { TrainingPoint } from '../../shared/contract/jobs.ts'
import type { Canvas } from '../ui/canvas.ts'
import { formatCount } from '../ui/numbers.ts'

const axisPx = { left: 36, bottom: 18, top: 6, right: 8 } as const

/** Draws the curve of a training: thin while learning, strong on held-back phrases, the best checkpoint filled. */
export function paintLoss(
  canvas: Canvas,
  points: readonly TrainingPoint[],
  bestStep: number | null,
  singer: string,
): void {
  const { context, width, height, color } = canvas
  if (points.length === 0) return
  const losses = points
    .flatMap((point) => [point.trainLoss, point.heldOutLoss ?? point.trainLoss])
    .filter(Number.isFinite)
  const lowest = Math.min(...losses)
  const highest = robustHighest(losses)
  const span = Math.max(1e-9, highest - lowest)
  const lastStep = Math.max(1, points[points.length - 1].step)
  const x = (step: number): number => axisPx.left + (step / lastStep) * (width - axisPx.left - axisPx.right)
  const y = (loss: number): number =>
    axisPx.top + (1 - (Math.min(loss, highest) - lowest) / span) * (height - axisPx.top - axisPx.bottom)

  paintAxes(canvas, lowest, highest, lastStep, x, y)
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

function paintAxes(
  { context, width, height, color }: Canvas,
  lowest: number,
  highest: number,
  lastStep: number,
  x: (step: number) => number,
  y: (loss: number) => number,
): void {
  context.font = `500 10px ${color('font')}`
  context.textBaseline = 'middle'
  for (let line = 0; line <= 3; line++) {
    const loss = lowest + ((highest - lowest) * line) / 3
    context.fillStyle = color('line')
    context.fillRect(axisPx.left, Math.round(y(loss)), width - axisPx.left - axisPx.right, 1)
    context.fillStyle = color('tx-faint')
    context.textAlign = 'right'
    context.fillText(loss.toPrecision(2), axisPx.left - 6, y(loss))
  }
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    context.textAlign = part === 0 ? 'left' : part === 1 ? 'right' : 'center'
    context.fillText(formatCount(part * lastStep), x(part * lastStep), height - 6)
  }
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

/** What the curve says, in a sentence. */
export function describeCurve(points: readonly TrainingPoint[]): string {
  const held = points.filter((point) => point.heldOutLoss !== null)
  const [before, last] = held.slice(-2)
  if (!last) return held.length === 0 ? 'The first checkpoint has not come yet.' : 'The first checkpoint is there.'
  const change = 1 - (last.heldOutLoss ?? 0) / (before.heldOutLoss ?? 1)
  const steps = formatCount(last.step - before.step)
  if (change > 0.002) return `Still getting better: the last ${steps} steps lowered the error by ${percent(change)} %.`
  if (change < -0.002)
    return `The last ${steps} steps raised the error by ${percent(-change)} %; the best checkpoint is kept.`
  return `The last ${steps} steps changed nothing.`
}

const percent = (fraction: number): string =>
  fraction < 0.1 ? (fraction * 100).toFixed(1) : String(Math.round(fraction * 100))
