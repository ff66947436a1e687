using System.Net.Http.Headers;
using System.Text;

namespace ProductVideo.Exchange;

/// <summary>Parts of a form as Python's clients write them: the name in quotes and no type on a field. .NET does neither by itself, and some servers insist.</summary>
internal static class FormPart
{
    public static HttpContent Field(string name, string value) => Named(name, new ByteArrayContent(Encoding.UTF8.GetBytes(value)));

    public static HttpContent File(string name, string fileName, string contentType, byte[] bytes) =>
        File(name, fileName, contentType, new ByteArrayContent(bytes));

    /// <param name="name">Of the field.</param>
    /// <param name="fileName">As the file is called.</param>
    /// <param name="contentType">For example <c>image/jpeg</c>.</param>
    /// <param name="bytes">Read while it is sent, from where it stands; closed with the part.</param>
    public static HttpContent File(string name, string fileName, string contentType, Stream bytes) =>
        File(name, fileName, contentType, new StreamContent(bytes));

    private static HttpContent File(string name, string fileName, string contentType, HttpContent bytes)
    {
        var part = Named(name, bytes);
        part.Headers.ContentDisposition!.FileName = $"\"{fileName}\"";
        part.Headers.ContentType = new MediaTypeHeaderValue(contentType);
        return part;
    }

    private static HttpContent Named(string name, HttpContent part)
    {
        part.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data") { Name = $"\"{name}\"" };
        return part;
    }
}
