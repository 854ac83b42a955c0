import { inEnglish, type Told } from '../../shared/contract/told.ts'
import type { ApplicationEvent } from '../../shared/contract/verbs.ts'

/** What every window shows once, in its own language. */
export const noticeOf = (told: Told): ApplicationEvent => ({ kind: 'notice', message: inEnglish(told), told })
