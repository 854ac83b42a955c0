import type { Page } from 'playwright-core'

declare global {
  interface Window {
    heardAround?: Promise<readonly number[]>
    outputTap?: AnalyserNode
  }
}

/** Longest that an analyser keeps: two thirds of a second, of which the half comes after the switch. */
const KEPT_FRAMES = 32_768

/** In the page, before it runs: everything that is connected to a loudspeaker is heard here too. */
export function tapOutput(): void {
  type Connect = (this: AudioNode, to: AudioNode | AudioParam, ...rest: number[]) => AudioNode | void
  // One function serves both of its overloads.
  const connect = AudioNode.prototype.connect as unknown as Connect
  const tapped: Connect = function (to, ...rest) {
    if (to instanceof AudioDestinationNode && to.context instanceof AudioContext) {
      window.outputTap = new AnalyserNode(to.context, { fftSize: 32_768 })
      Reflect.apply(connect, this, [window.outputTap])
    }
    return Reflect.apply(connect, this, [to, ...rest])
  }
  Object.assign(AudioNode.prototype, { connect: tapped })
}

/** What is heard before and after the moment at which the other of the two sounds is chosen by the deed. */
export async function heardAround(page: Page, deed: () => Promise<void>): Promise<Float32Array> {
  await page.evaluate(listenAround, KEPT_FRAMES / 2)
  await deed()
  const heard = await page.evaluate(() => window.heardAround)
  if (!heard) throw new Error('nothing was listened to')
  return Float32Array.from(heard)
}

/** In the page: waits for the choice, then for as much sound, and keeps what was heard. */
function listenAround(framesAfter: number): void {
  const tap = window.outputTap
  if (!tap) throw new Error('nothing goes to a loudspeaker')
  const { context } = tap
  const choices = document.querySelector('[aria-label="Transport"]')
  const chosen = new Promise<number>((settle) => {
    const observer = new MutationObserver(() => {
      observer.disconnect()
      settle(context.currentTime)
    })
    if (choices) observer.observe(choices, { subtree: true, attributeFilter: ['aria-checked'] })
  })
  const hasSounded = (untilSec: number): Promise<void> =>
    new Promise((settle) => {
      const look = (): unknown => (context.currentTime >= untilSec ? settle() : setTimeout(look, 5))
      look()
    })
  window.heardAround = chosen.then(async (atSec) => {
    await hasSounded(atSec + framesAfter / context.sampleRate)
    const samples = new Float32Array(tap.fftSize)
    tap.getFloatTimeDomainData(samples)
    return [...samples]
  })
}
