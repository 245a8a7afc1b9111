import { router } from '../trpc.ts';
import { archiveChannel } from './archive-channel.ts';
import { changeSettings } from './change-settings.ts';
import { countNotifications } from './count-notifications.ts';
import { createChannel } from './create-channel.ts';
import { getSettings } from './get-settings.ts';
import { listChannels } from './list-channels.ts';
import { listNotifications } from './list-notifications.ts';
import { listPushSubscriptions } from './list-push-subscriptions.ts';
import { markAllNotifications } from './mark-all-notifications.ts';
import { markNotifications } from './mark-notifications.ts';
import { removePushSubscription } from './remove-push-subscription.ts';
import { sendTest } from './send-test.ts';
import { subscribePush } from './subscribe-push.ts';
import { testChannel } from './test-channel.ts';
import { updateChannel } from './update-channel.ts';

export const notificationsRouter = router({
  list: listNotifications,
  count: countNotifications,
  read: markNotifications,
  readAll: markAllNotifications,
  settings: getSettings,
  changeSettings: changeSettings,
  test: sendTest,
  pushSubscriptions: listPushSubscriptions,
  subscribePush: subscribePush,
  removePushSubscription: removePushSubscription,
  channels: listChannels,
  createChannel: createChannel,
  updateChannel: updateChannel,
  archiveChannel: archiveChannel,
  testChannel: testChannel,
});
