namespace ProductVideo.Storefronts.Folder.Listing;

/// <summary>The few words that the page itself says, in the product's language where we have them.</summary>
internal sealed record Words(
    string Lang, string AllProducts, string Search, string SearchHint, string NothingFound, string More, string Picture, string Video, string Gallery,
    string Play, string Pause, string Was, string Versions, string Details, string NotFound, string NotFoundHint, string TryLater,
    string MadeWithAi)
{
    private static readonly Words _en = new(
        "en", "All products", "Search", "Search products", "Nothing matches your search.", "More products", "Picture", "Video", "Product pictures and video",
        "Play video", "Pause video", "Was", "Versions", "Details", "This page isn't here", "The product may have been taken off the shop.",
        "The shop can't be shown right now. Please try again in a moment.", "Made with AI");

    private static readonly Words[] _known =
    [
        _en,
        new("de", "Alle Produkte", "Suchen", "Produkte suchen", "Nichts passt zu deiner Suche.", "Weitere Produkte", "Bild", "Video", "Bilder und Video des Produkts",
            "Video abspielen", "Video anhalten", "Bisher", "Ausführungen", "Einzelheiten", "Diese Seite gibt es nicht",
            "Vielleicht wurde das Produkt aus dem Laden genommen.", "Der Laden kann gerade nicht gezeigt werden. Bitte versuche es gleich noch einmal.", "Mit KI erstellt"),
        new("fr", "Tous les produits", "Rechercher", "Rechercher un produit", "Aucun produit ne correspond.", "Autres produits", "Image", "Vidéo",
            "Images et vidéo du produit", "Lire la vidéo", "Mettre la vidéo en pause", "Avant", "Variantes", "Détails", "Cette page n’existe pas",
            "Le produit a peut-être été retiré.", "La boutique ne peut pas être affichée. Réessayez dans un instant.", "Créé avec l’IA"),
        new("es", "Todos los productos", "Buscar", "Buscar productos", "Nada coincide con tu búsqueda.", "Más productos", "Imagen", "Vídeo",
            "Imágenes y vídeo del producto", "Reproducir vídeo", "Pausar vídeo", "Antes", "Variantes", "Detalles", "Esta página no existe",
            "Puede que el producto se haya retirado.", "La tienda no se puede mostrar ahora. Inténtalo de nuevo en un momento.", "Hecho con IA"),
        new("ar", "كل المنتجات", "بحث", "ابحث عن منتج", "لا توجد نتائج لبحثك.", "منتجات أخرى", "صورة", "فيديو", "صور المنتج والفيديو",
            "تشغيل الفيديو", "إيقاف الفيديو مؤقتًا", "السعر السابق", "الخيارات", "التفاصيل", "هذه الصفحة غير موجودة",
            "ربما أُزيل المنتج من المتجر.", "لا يمكن عرض المتجر الآن. حاول مرة أخرى بعد قليل.", "صُنع بالذكاء الاصطناعي"),
        new("ja", "すべての商品", "検索", "商品を検索", "該当する商品がありません。", "さらに表示", "画像", "動画", "商品の画像と動画",
            "動画を再生", "動画を一時停止", "通常価格", "バリエーション", "詳細", "このページはありません",
            "商品が取り下げられた可能性があります。", "現在ショップを表示できません。しばらくしてからもう一度お試しください。", "AIで作成"),
    ];

    public static Words For(string? locale)
    {
        var language = (locale ?? "en").Split('-')[0].ToLowerInvariant();
        return Array.Find(_known, w => w.Lang == language) ?? _en;
    }
}
