namespace ProductVideo.Data;

/// <summary>The database can't be used. Names where it was looked for, never the password.</summary>
internal sealed class DatabaseUnavailableException(string operatorText, Exception? inner = null) : Exception(operatorText, inner)
{
    /// <summary>What is wrong and what to do, for whoever runs the server.</summary>
    public string OperatorText => Message;
}
