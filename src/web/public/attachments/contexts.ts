/** The files of a form as the partial `attachments` shows them. */
export interface FormFiles {
  readonly files: readonly { readonly id: number; readonly name: string; readonly size: string }[];
  /** In bytes. */
  readonly largestFile: number;
  /** False once there are as many as may be. */
  readonly takesFiles: boolean;
}
