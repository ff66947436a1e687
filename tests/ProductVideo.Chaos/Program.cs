using ProductVideo.Chaos.Inside;
using ProductVideo.Chaos.Running;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

return args switch
{
    ["worker", .. var rest] => await WorkerHost.RunAsync(WorkerSettings.Parse(rest)),
    ["restored", .. var rest] => await WorkerHost.RestoredAsync(WorkerSettings.Parse(rest)),
    ["naive-worker", .. var rest] => await NaiveWorker.RunAsync(WorkerSettings.Parse(rest)),
    _ => await Commands.RunAsync(args),
};
