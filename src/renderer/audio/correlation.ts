export { correlationOf } from '../../shared/dsp/correlation.ts'
