import type { SourceConfig } from '../../model/source-config.ts';
import { type Html, html } from './html.ts';

/** Links to the settings in Zoom's own pages. */
export interface ZoomLinks {
  readonly apps: Html;
  readonly roles: Html;
  readonly installedApps: Html;
  readonly billing: Html;
}

/** Zoom's pages in the cloud of a source. */
export const zoomLinks = ({ host }: Pick<SourceConfig, 'host'>): ZoomLinks => {
  const cloud = host === 'zoomgov.com' ? 'zoomgov.com' : 'zoom.us';
  const link = (address: string, text: string): Html =>
    html`<a href="https://${address}" rel="noreferrer noopener">${text}</a>`;
  return {
    apps: link(`marketplace.${cloud}/user/build`, 'Zoom App Marketplace › Manage › Created Apps'),
    roles: link(`${cloud}/role`, 'Zoom › User Management › Roles'),
    installedApps: link(`marketplace.${cloud}/user/installed`, 'Zoom App Marketplace › Manage › Added Apps'),
    billing: link(`${cloud}/billing`, 'Zoom › Plans and Billing'),
  };
};
