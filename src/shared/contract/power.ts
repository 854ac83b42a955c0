/** What the system tells of its power; where it tells nothing, everything is as on mains. */
export interface PowerState {
  readonly isOnBattery: boolean
  /** 0…1 of the battery's charge; null where it is not told. */
  readonly chargeFraction: number | null
  /** How hot the machine says it is. */
  readonly heat: 'nominal' | 'fair' | 'serious' | 'critical'
  /** It is going to sleep, or has not quite woken up. */
  readonly isSuspending: boolean
}

/** Tells the state now and at every change; the answer ends the telling. */
export type WatchPower = (listener: (state: PowerState) => void) => () => void
