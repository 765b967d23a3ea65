// Command filebeat is Filebeat with one input, aws-s3, as its release has it.
package main

import (
	"os"

	"github.com/elastic/beats/v7/filebeat/beater"
	"github.com/elastic/beats/v7/filebeat/cmd"
	v2 "github.com/elastic/beats/v7/filebeat/input/v2"
	"github.com/elastic/beats/v7/libbeat/beat"
	"github.com/elastic/beats/v7/libbeat/logp"
	"github.com/elastic/beats/v7/x-pack/filebeat/input/awss3"
)

func main() {
	inputs := func(_ beat.Info, _ *logp.Logger, store beater.StateStore) []v2.Plugin {
		return []v2.Plugin{awss3.Plugin(store)}
	}
	if err := cmd.Filebeat(inputs, cmd.FilebeatSettings()).Execute(); err != nil {
		os.Exit(1)
	}
}
