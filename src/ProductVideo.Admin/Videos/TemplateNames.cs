using ProductVideo.Prompts;

namespace ProductVideo.Admin.Videos;

/// <summary>The merchant's name of the template that a video was ordered with.</summary>
internal static class TemplateNames
{
    /// <param name="templates">Those there are now.</param>
    /// <param name="id"><c>key@version</c>; its template may have been edited or removed since.</param>
    public static string Of(TemplateCatalog templates, string id)
    {
        var key = id.Split('@')[0];
        return templates.All.FirstOrDefault(template => template.Key == key)?.Name ?? key;
    }
}
