using System.Net.Http.Headers;
using System.Text;

namespace ProductVideo.Exchange;

/// <summary>Parts of a form as Python's clients write them: the name in quotes and no type on a field. .NET does neither by itself, and some servers insist.</summary>
internal static class FormPart
{
    public static ByteArrayContent Field(string name, string value) => Named(name, Encoding.UTF8.GetBytes(value));

    public static ByteArrayContent File(string name, string fileName, string contentType, byte[] bytes)
    {
        var part = Named(name, bytes);
        part.Headers.ContentDisposition!.FileName = $"\"{fileName}\"";
        part.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return part;
    }

    private static ByteArrayContent Named(string name, byte[] value) =>
        new(value) { Headers = { ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"" } } };
}
