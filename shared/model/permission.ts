/** What a request to Zoom's API needs. */
export interface Permission {
  /** The scope that the token needs: the granular one, or the classic one in older apps. */
  readonly scope: { readonly granular: string; readonly classic: string };
  /** The role privilege that the token's user needs, as named on Zoom's role page. */
  readonly rolePrivilege: string;
}
