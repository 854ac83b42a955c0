/** One thing of this machine that the program needs, and how it was found. */
export interface Finding {
  readonly subject: 'versions' | 'program' | 'models' | 'permissions' | 'disk' | 'library' | 'backend'
  readonly isFine: boolean
  /** What was found, with figures, in a sentence without a full stop. */
  readonly found: string
  /** What the person can do; null where nothing needs to be done. */
  readonly remedy: string | null
}

export const fine = (subject: Finding['subject'], found: string): Finding => ({
  subject,
  isFine: true,
  found,
  remedy: null,
})

export const trouble = (subject: Finding['subject'], found: string, remedy: string): Finding => ({
  subject,
  isFine: false,
  found,
  remedy,
})
