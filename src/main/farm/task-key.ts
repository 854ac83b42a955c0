import { createHash } from 'node:crypto'
import type { PortableConversion } from '../../shared/contract/portable-task.ts'
import type { PortableTraining } from '../../shared/contract/portable-training.ts'

/** Names what a task asks, to the last bit: one key, one result. The task is as its parser gives it. */
export const taskKey = (task: PortableConversion | PortableTraining): string =>
  createHash('sha256').update(JSON.stringify(task)).digest('hex')

/** Where the record of a task lies in the store. */
export const resultName = (key: string): string => `results/${key.slice(0, 2)}/${key}`
