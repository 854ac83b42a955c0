import type { CurveParameter } from '../../shared/project/curve-parameters.ts'
import type { Region } from '../../shared/project/model.ts'
import { say } from '../messages/say.svelte.ts'
import type { SingerCatalog } from './ports.ts'

export const parameterLabel = (parameter: CurveParameter): string => say.curves.labels[parameter]

const isShare = (parameter: CurveParameter): boolean => parameter !== 'transposition' && parameter !== 'formant'

const signed = (value: number): string => {
  const text = Math.abs(value).toFixed(1)
  return Number(text) === 0 ? '0' : `${value > 0 ? '+' : '−'}${text.replace(/\.0$/, '')}`
}

/** "60 %", "+2.5 st". */
export const formatParameter = (parameter: CurveParameter, value: number): string =>
  isShare(parameter) ? `${Math.round(value * 100)} %` : `${signed(value)} st`

/** "60 percent", "minus 2.5 semitones". */
export function spokenParameter(parameter: CurveParameter, value: number): string {
  if (isShare(parameter)) return say.curves.percent(Math.round(value * 100))
  const number = signed(Math.abs(value)).replace('+', '')
  return say.curves[value < 0 && number !== '0' ? 'minusSemitones' : 'semitones'](number)
}

/** The name of the singer whose share a blend's curve is; null where it is no blend's, or nobody's that is known. */
export function blendedSinger(region: Region | undefined, parameter: CurveParameter, catalog: SingerCatalog) {
  const part = region?.performance?.blend[parameter === 'blend-1' ? 0 : 1]
  if (!parameter.startsWith('blend') || !part) return null
  return catalog.singers.find((singer) => singer.id === part.singerId) ?? null
}
