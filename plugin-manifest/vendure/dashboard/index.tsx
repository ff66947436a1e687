import { defineDashboardExtension } from '@vendure/dashboard';
import { GenerateVideos } from './bulk-action';
import { GenerateButton, VideoBlock } from './product-page';

const requiresPermission = ['UpdateCatalog', 'UpdateProduct'];

defineDashboardExtension({
    actionBarItems: [{ id: 'productvideo-generate', pageId: 'product-detail', component: GenerateButton, requiresPermission }],
    pageBlocks: [
        {
            id: 'productvideo',
            title: 'Product video',
            location: { pageId: 'product-detail', column: 'side', position: { blockId: 'enabled-toggle', order: 'after' } },
            component: VideoBlock,
            requiresPermission,
        },
    ],
    dataTables: [{ pageId: 'product-list', bulkActions: [{ component: GenerateVideos }] }],
});
