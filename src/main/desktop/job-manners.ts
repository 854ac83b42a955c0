import { Notification, powerSaveBlocker, type BrowserWindow } from 'electron'
import type { Job } from '../../shared/contract/jobs.ts'
import type { Application } from '../application.ts'
import { isWorthNotice, overallFraction } from './job-summary.ts'

/** Lets the system show how work stands: progress on the taskbar, no sleep meanwhile, a word when something long ended out of sight. */
export function showJobs(application: Application, window: BrowserWindow): () => void {
  const jobs = new Map<string, Job>()
  let blockerId: number | null = null

  const holdSleep = (isBusy: boolean) => {
    if (isBusy) blockerId ??= powerSaveBlocker.start('prevent-app-suspension')
    else if (blockerId !== null) {
      powerSaveBlocker.stop(blockerId)
      blockerId = null
    }
  }
  const stopListening = application.onEvent((event) => {
    if (event.kind !== 'job-changed' || window.isDestroyed()) return
    jobs.set(event.job.id, event.job)
    const running = [...jobs.values()].filter((job) => job.state === 'running' || job.state === 'queued')
    window.setProgressBar(overallFraction(running))
    holdSleep(running.some((job) => job.kind === 'export' || job.kind === 'train'))
    if (isWorthNotice(event.job) && !window.isFocused() && Notification.isSupported()) {
      new Notification({ title: event.job.title, body: event.job.failure?.message ?? 'Done.' }).show()
    }
  })
  return () => {
    stopListening()
    holdSleep(false)
  }
}
