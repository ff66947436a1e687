import { type BulkActionComponent, DataTableBulkActionItem } from '@vendure/dashboard';
import { newKey, order } from './state';

/** What one click may order; a whole catalogue is ordered in ProductVideo. */
const MOST_AT_ONCE = 20;

/** Orders what is free at once; what costs something is added up and asked about. */
async function orderMany(products: Array<{ id: string; name?: string }>): Promise<string> {
    const chosen = products.slice(0, MOST_AT_ONCE).map(product => ({ ...product, key: newKey() }));
    const failed: string[] = [];
    let ordered = 0;
    const send = async (product: (typeof chosen)[number], agreed?: string) => {
        const told = await order(product.id, product.key, agreed);
        if (told.problem && !told.link) {
            failed.push(`${product.name ?? product.id}: ${told.problem}`);
        } else if (!told.price) {
            ordered += 1;
        }
        return told.price;
    };
    const asked: Array<{ product: (typeof chosen)[number]; price: string }> = [];
    for (const product of chosen) {
        const price = await send(product);
        if (price) {
            asked.push({ product, price });
        }
    }
    const prices = asked.map(one => `${one.product.name ?? one.product.id}: ${one.price}`).join('\n');
    if (asked.length > 0 && window.confirm(`These cost something:\n${prices}\nOrder them at these prices?`)) {
        for (const one of asked) {
            if (await send(one.product, one.price)) {
                failed.push(`${one.product.name ?? one.product.id}: Its price has changed meanwhile, so it was not ordered. Order it again.`);
            }
        }
    }
    const left = products.length - chosen.length;
    return [
        ordered === 1 ? '1 video was ordered.' : `${ordered} videos were ordered.`,
        ...(left > 0 ? [`At most ${MOST_AT_ONCE} at once; ${left} were left out.`] : []),
        ...failed.slice(0, 5),
    ].join('\n');
}

/** In the menu of the chosen rows of the product list. */
export const GenerateVideos: BulkActionComponent<{ id: string; name?: string }> = ({ selection, table }) => (
    <DataTableBulkActionItem
        requiresPermission={['UpdateCatalog', 'UpdateProduct']}
        label={<span data-testid="productvideo-generate-many">Generate video</span>}
        onClick={() => {
            void orderMany(selection).then(told => {
                table.resetRowSelection();
                window.alert(told);
            });
        }}
    />
);
