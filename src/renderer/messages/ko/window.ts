import type { Translation } from '../catalog.ts'
import type { window as english } from '../en/window.ts'

export const window = {
  saved: '저장했습니다.',
  notSaved: (reason) => `저장하지 못했습니다: ${reason}`,
} satisfies Translation<typeof english>
