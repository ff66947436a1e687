using Nop.Core.Domain.Catalog;
using Nop.Core.Domain.Orders;
using Nop.Data;
using Nop.Services.Catalog;

namespace ProductVideo.Shop;

/// <summary>How many pieces of a product the shop has, and how many it sold.</summary>
public sealed class ProductFigures(IProductService products, IProductAttributeService attributes, IRepository<OrderItem> orderItems, IRepository<Order> orders)
{
    /// <returns>Null where the shop does not count them.</returns>
    public async Task<int?> StockAsync(Product product) => product.ManageInventoryMethod switch
    {
        ManageInventoryMethod.ManageStock => await products.GetTotalStockQuantityAsync(product),
        ManageInventoryMethod.ManageStockByAttributes => (await attributes.GetAllProductAttributeCombinationsAsync(product.Id)).Sum(one => Math.Max(0, one.StockQuantity)),
        _ => null,
    };

    /// <summary>In orders that were not cancelled, by product; those that nobody bought are missing.</summary>
    public async Task<IReadOnlyDictionary<int, int>> SoldAsync(List<int> productIds)
    {
        var bought =
            from item in orderItems.Table
            join order in orders.Table on item.OrderId equals order.Id
            where productIds.Contains(item.ProductId) && !order.Deleted && order.OrderStatusId != (int)OrderStatus.Cancelled
            group item.Quantity by item.ProductId into pieces
            select new { ProductId = pieces.Key, Pieces = pieces.Sum() };
        return (await bought.ToListAsync()).ToDictionary(one => one.ProductId, one => one.Pieces);
    }
}
