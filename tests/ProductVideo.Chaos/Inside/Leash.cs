namespace ProductVideo.Chaos.Inside;

/// <summary>Ends the worker when the harness is gone, however that ended: its end of the worker's input closes with it.</summary>
internal static class Leash
{
    public static void PutOn() => new Thread(static () =>
    {
        if (Console.In.Read() < 0)
            Environment.Exit(3);
    })
    { IsBackground = true, Name = "leash" }.Start();
}
